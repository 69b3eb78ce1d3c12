namespace ESign.Benchmarks;

/// <summary>Runs what is asynchronous in form but waits for nothing, so that every benchmark has the same shape.</summary>
internal static class Results
{
    public static T Done<T>(this Task<T> task) => task.GetAwaiter().GetResult();

    public static T Done<T>(this ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : task.AsTask().GetAwaiter().GetResult();
}
